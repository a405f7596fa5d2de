import type { DefinitionFiles } from "./definition-files.ts";

/** Definitions of which the text does not tell something, each with the place and the reason. */
export const definitionsRefused: readonly DefinitionFiles[] = [
  {
    name: "a helper that asks the environment",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import os
def late():
    if os.environ.get('FAST'):
        return timedelta(0)
    return timedelta(hours=2)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=late())
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 11: data_delay is not known from the text: it depends on a condition that is known when the code runs.`,
  },
  {
    name: "a delay from the environment",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import os
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=timedelta(minutes=int(os.environ["D"])))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: data_delay is not known from the text: int(…) is computed when the code runs.`,
  },
  {
    name: "a helper of a library",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from company_lib import hours
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=hours(1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: data_delay is not known from the text: hours(…) is computed when the code runs.`,
  },
  {
    name: "a conditional expression",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import sys
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=timedelta(0) if sys.argv else timedelta(hours=1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: data_delay is not known from the text: it depends on a condition that is known when the code runs.`,
  },
  {
    name: "a misspelt word",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_dealy=timedelta(hours=1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: FeatureView has no argument "data_dealy". Did you mean "data_delay"?`,
  },
  {
    name: "a bound that is none",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], upper="exclusiv")
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: upper is "inclusive" or "exclusive", not "exclusiv".`,
  },
  {
    name: "a duration in no unit",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl="10 moons")
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: "10 moons" is no duration. Write it like "45min" or "1h 30min".`,
  },
  {
    name: "a ttl as a number",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=3600)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: ttl takes a duration, not a number.`,
  },
  {
    name: "a negative ttl",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=timedelta(hours=-1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: ttl is a duration of zero or more, not minus 1 h.`,
  },
  {
    name: "a ttl longer than a timedelta",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=timedelta(days=10**10))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: ttl is not known from the text: no timedelta is that long.`,
  },
  {
    name: "a word that is not built",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], batch_schedule=timedelta(days=1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: batch_schedule is not built yet; the join would pass over it. data_delay says how late a row can be read.`,
  },
  {
    name: "arguments spread from elsewhere",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import json
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], **json.load(open('view.json')))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: Part of this FeatureView is not known from the text: its arguments are spread from what is computed when the code runs.`,
  },
  {
    name: "an attribute assigned later",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay='1h')
v.data_delay = timedelta(0)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: What it is after this line is not known from the text: v.data_delay is assigned.`,
  },
  {
    name: "tags changed later",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], tags={'lookback.data_delay': '1h'})
v.tags['lookback.data_delay'] = '0min'
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: What it is after this line is not known from the text: v.tags['lookback.data_delay'] is assigned.`,
  },
  {
    name: "setattr",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay='1h')
setattr(v, 'data_delay', None)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: What it is after this line is not known from the text: setattr changes it.`,
  },
  {
    name: "one of two branches",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import os
if os.getenv('PROD'):
    v = FeatureView(name='v', entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay='1h')
else:
    v = FeatureView(name='v', entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)])
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 10: Whether this FeatureView is made is not known from the text: a condition decides it when the code runs.`,
  },
  {
    name: "a fallback after a failure",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
try:
    from settings import LATE
except ImportError:
    LATE = timedelta(0)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=LATE)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 10: data_delay is not known from the text: it depends on whether something fails when the code runs.`,
  },
  {
    name: "views in a loop over what is read",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
import yaml
for name in yaml.safe_load(open('views.yml')):
    FeatureView(name='v', entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)])
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 8: Whether this FeatureView is made is not known from the text: it is made in a loop.`,
  },
  {
    name: "a class of one's own",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from company_lib import Base
class View(Base):
    pass
v = View(name='v', source=sales)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused: no v:x`,
  },
  {
    name: "two views of one name",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay='1h')
w = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], )
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: Another feature view is called "v", defs.py, line 6, and says something else. Give one of them another name.`,
  },
  {
    name: "two sources of one path and no names",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(path="all.parquet", timestamp_field="at")
asks = FileSource(path="all.parquet", timestamp_field="asked_at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], )
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 5: Another source is called "all.parquet", defs.py, line 4, and says something else. Give one of them another name.`,
  },
  {
    name: "a view that computes",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], udf=lambda df: df)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 6: What the view computes in a function is not built yet; the join would take the source's columns as they are.`,
  },
  {
    name: "features read from a file",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], )
WANTED = open('features.txt').read().split()
rows = TrainingSet('rows', spine=asks, features=WANTED)
`,
    },
    says: `refused at defs.py, line 8: features is not known from the text: open(…) is computed when the code runs.`,
  },
  {
    name: "a function that changes a view",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
def hurry(view):
    view.data_delay = timedelta(0)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay='1h')
hurry(v)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: What it is after this line is not known from the text: view.data_delay is assigned.`,
  },
  {
    name: "tags that are not known",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from company_lib import tags
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], tags=tags())
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `refused at defs.py, line 7: tags is not known from the text: tags(…) is computed when the code runs.`,
  },
];
