import type { DefinitionFiles } from "./definition-files.ts";

/** Definitions that the text tells whole, each with what a join does. */
export const definitionsRead: readonly DefinitionFiles[] = [
  {
    name: "constants in a class",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
class Names:
    VIEW = 'v'
    LATE = timedelta(minutes=45)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=Names.LATE)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 45 min, ttl ever, inclusive`,
  },
  {
    name: "an Enum as a namespace",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from enum import Enum
class Late(Enum):
    SALES = timedelta(minutes=30)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=Late.SALES.value)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 30 min, ttl ever, inclusive`,
  },
  {
    name: "a text Enum as entity name",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
from enum import Enum
class Names(str, Enum):
    SHOP = "shop"
shop = Entity(name=Names.SHOP, join_keys=[Names.SHOP.value + "_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=timedelta(days=1))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 1440 min, inclusive`,
  },
  {
    name: "a frozen dataclass of settings",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from dataclasses import dataclass
@dataclass(frozen=True)
class Settings:
    late: int = 10
    path: str = 'x'
SETTINGS = Settings(late=20)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=timedelta(minutes=SETTINGS.late))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 20 min, ttl ever, inclusive`,
  },
  {
    name: "a pure helper",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
def hours(n, extra=0):
    minutes = 60 * n
    return timedelta(minutes=minutes + extra)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=hours(1, extra=5))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 65 min, ttl ever, inclusive`,
  },
  {
    name: "a lambda",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
minutes = lambda n: timedelta(minutes=n)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=minutes(90))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 90 min, inclusive`,
  },
  {
    name: "a helper with a condition that is known",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
def late(kind):
    if kind == 'batch':
        return timedelta(hours=2)
    return timedelta(0)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=late('batch'))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 120 min, ttl ever, inclusive`,
  },
  {
    name: "a ttl of many lives",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=timedelta(days=999999))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 1439998560 min, inclusive`,
  },
  {
    name: "a protobuf Duration",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from google.protobuf.duration_pb2 import Duration
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=Duration(seconds=3600))
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 60 min, inclusive`,
  },
  {
    name: "arguments spread from a known dictionary",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
COMMON = dict(ttl=timedelta(hours=6), upper='exclusive')
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], **COMMON)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 360 min, exclusive`,
  },
  {
    name: "a variable assigned anew in between",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
LATE = timedelta(hours=1)
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=LATE)
LATE = timedelta(0)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 60 min, ttl ever, inclusive`,
  },
  {
    name: "classes of either library",
    files: {
      "defs.py": `try:
    from feast import Entity, FeatureView, Field, FileSource
except ImportError:
    from lookback import Entity, FeatureView, Field, FileSource
from datetime import timedelta
from lookback import Aggregate, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl='6h')
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 360 min, inclusive`,
  },
  {
    name: "views in a loop over a list",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
for name, late in [('v', 15), ('w', 30)]:
    FeatureView(name=name, entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=timedelta(minutes=late))
rows = TrainingSet("rows", spine=asks, features=["v:x", "w:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 15 min, ttl ever, inclusive
w[shop_id] of sales.parquet: x:Float64; delay 30 min, ttl ever, inclusive`,
  },
  {
    name: "a factory of views",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
def make(name, **more):
    return FeatureView(name=name, entities=[shop], source=sales, schema=[Field(name=c, dtype=Float64) for c in ('x', 'y')], **more)
v = make('v', data_delay='45min')
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64,y:Float64; delay 45 min, ttl ever, inclusive`,
  },
  {
    name: "a partial",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from functools import partial
ShopView = partial(FeatureView, entities=[shop], source=sales, ttl=timedelta(hours=2))
v = ShopView(name='v', schema=[Field(name="x", dtype=Float64)])
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 120 min, inclusive`,
  },
  {
    name: "an old Feast file",
    files: {
      "defs.py": `from datetime import timedelta
from feast import Entity, Feature, FeatureView, FileSource, ValueType
from lookback import TrainingSet
shop = Entity(name='shop', join_key='shop_id', value_type=ValueType.INT64)
sales = FileSource(file_url='sales.parquet', event_timestamp_column='at')
asks = FileSource(name='asks', path='asks.parquet', event_timestamp_column='at')
v = FeatureView(name='v', entities=['shop'], ttl=timedelta(days=1), features=[Feature(name='x', dtype=ValueType.DOUBLE)], batch_source=sales)
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl 1440 min, inclusive`,
  },
  {
    name: "a Feast template with a service",
    files: {
      "repo.py": `from datetime import timedelta
import pandas as pd
from pathlib import Path
from feast import Entity, FeatureService, FeatureView, Field, FileSource, PushSource, RequestSource
from feast.on_demand_feature_view import on_demand_feature_view
from feast.types import Float32, Float64, Int64
DATA = Path(__file__).parent / 'data'
shop = Entity(name='shop', join_keys=['shop_id'])
sales = FileSource(name='sales', path=str(DATA / 'sales.parquet'), timestamp_field='at', created_timestamp_column='created')
v = FeatureView(name='v', entities=[shop], ttl=timedelta(days=1), schema=[Field(name='shop_id', dtype=Int64), Field(name='x', dtype=Float32)], online=True, source=sales, tags={'team': 'shops'})
asked = RequestSource(name='asked', schema=[Field(name='y', dtype=Int64)])
@on_demand_feature_view(sources=[v, asked], schema=[Field(name='z', dtype=Float64)])
def z(inputs):
    df = pd.DataFrame()
    df['z'] = inputs['x'] + inputs['y']
    return df
service = FeatureService(name='s', features=[v[['x']], z])
`,
      "train.py": `from repo import v
from lookback import FileSource, TrainingSet
asks = FileSource(name='asks', path='asks.parquet', timestamp_field='at')
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of data/sales.parquet: x:Float32; delay 0 min, ttl 1440 min, inclusive`,
  },
  {
    name: "a package with relative imports and a star",
    files: {
      "pkg/__init__.py": `from .views import *
`,
      "pkg/names.py": `LATE = '20min'
`,
      "pkg/views.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
from . import names
__all__ = ['asks', 'v']
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], data_delay=names.LATE)
`,
      "notebooks/train.py": `from pkg import *
from lookback import TrainingSet
rows = TrainingSet("rows", spine=asks, features=["v:x"])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 20 min, ttl ever, inclusive`,
  },
  {
    name: "sys.path and a module's attribute",
    files: {
      "libs/defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], upper='exclusive')
`,
      "notebooks/train.py": `import sys
sys.path.append('../libs')
import defs as d
from lookback import TrainingSet
rows = TrainingSet('rows', spine=d.asks, features=[f'{d.v.name}:{f.name}' for f in d.v.features])
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl ever, exclusive`,
  },
  {
    name: "a window with a helper and f-strings",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
COLUMN = 'amount'
v = FeatureView(name='v', entities=[shop], source=sales, aggregations=[Aggregate(input_column=COLUMN, function=f, time_window=timedelta(hours=h), name=f'{f}_{h}h') for f in ('sum', 'mean') for h in (1, 24)])
rows = TrainingSet('rows', spine=asks, features=[f'v:{n}' for n in ('sum_1h', 'mean_24h')])
`,
    },
    says: `v[shop_id] of sales.parquet: sum(amount, 60 min),sum(amount, 1440 min),mean(amount, 60 min),mean(amount, 1440 min); delay 0 min, ttl ever, inclusive`,
  },
  {
    name: "features that grow by append",
    files: {
      "defs.py": `from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop_id"])
sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")
asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")
v = FeatureView(name="v", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], )
WANTED = []
ALSO = WANTED
ALSO.append('v:x')
rows = TrainingSet('rows', spine=asks, features=WANTED)
`,
    },
    says: `v[shop_id] of sales.parquet: x:Float64; delay 0 min, ttl ever, inclusive`,
  },
];
