import type { JoinFeature } from "@lookback/protocol/joins.ts";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Row } from "../engine/rows-of.ts";
import { countSql, pageSql, type RowFilter } from "./preview-query.ts";
import type { Preview } from "./use-preview.ts";

const pageSize = 200;

/** Rows of a preview by position in the filter, fetched a page at a time as they are asked for. Old rows stay until the new ones are there. */
export function useRows(
  preview: Preview,
  focused: JoinFeature,
  filter: RowFilter,
): {
  count: number | null;
  rowAt: (index: number) => Row | null;
  want: (first: number, last: number) => void;
} {
  const question = `${preview.turn} ${focused.ref} ${JSON.stringify(filter)}`;
  const [state, setState] = useState<{
    question: string;
    count: number;
    pages: ReadonlyMap<number, Row[]>;
  } | null>(null);
  const pending = useRef(new Set<string>());
  const current = useRef(question);
  current.current = question;

  const fetchPage = useCallback(
    async (page: number): Promise<Row[]> =>
      preview.session.query(pageSql(preview.plan, focused, filter, page * pageSize, pageSize)),
    [preview, focused, filter],
  );

  useEffect(() => {
    let left = false;
    const load = async () => {
      const [counted] = await preview.session.query(countSql(focused, filter));
      const first = await fetchPage(0);
      if (!left) setState({ question, count: Number(counted?.rows ?? 0), pages: new Map([[0, first]]) });
    };
    void load();
    return () => {
      left = true;
    };
  }, [preview, focused, filter, question, fetchPage]);

  const want = useCallback(
    (first: number, last: number) => {
      if (state?.question !== question) return;
      for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) {
        const key = `${question} ${page}`;
        if (state.pages.has(page) || pending.current.has(key)) continue;
        pending.current.add(key);
        void fetchPage(page).then((rows) => {
          pending.current.delete(key);
          if (current.current !== question) return;
          setState((old) => old && { ...old, pages: new Map(old.pages).set(page, rows) });
        });
      }
    },
    [state, question, fetchPage],
  );

  return {
    count: state?.count ?? null,
    rowAt: (index) => state?.pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null,
    want,
  };
}
