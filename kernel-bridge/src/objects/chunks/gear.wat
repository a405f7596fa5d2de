;; The inner loop of `chunk-cutter.ts`, which holds it assembled (wat2wasm). Memory begins with the gear table, 256 words.
;; cut(from, at, last): where the chunk ends whose hash begins at `from`, looked for from `at`, at `last` at the latest.
(module
  (memory (export "memory") 1)
  (func (export "cut") (param $from i32) (param $at i32) (param $last i32) (result i32) (local $h i32)
    (block $ready (loop $warm
      (br_if $ready (i32.ge_u (local.get $from) (local.get $at)))
      (local.set $h (i32.add (i32.shl (local.get $h) (i32.const 1))
        (i32.load (i32.shl (i32.load8_u (local.get $from)) (i32.const 2)))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $warm)))
    (if (i32.eqz (i32.shr_u (local.get $h) (i32.const 16))) (then (return (local.get $at))))
    (block $end (loop $one
      (br_if $end (i32.ge_u (local.get $at) (local.get $last)))
      ;; This step is unrolled eight times, while eight bytes are left, before it is done one by one.
      (local.set $h (i32.add (i32.shl (local.get $h) (i32.const 1))
        (i32.load (i32.shl (i32.load8_u (local.get $at)) (i32.const 2)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.eqz (i32.shr_u (local.get $h) (i32.const 16))) (then (return (local.get $at))))
      (br $one)))
    (local.get $last)))
