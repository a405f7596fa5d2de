"""Libraries of arrays, tables, pictures and sounds that read and write their files past Python."""

from __future__ import annotations

from ..file_calls import FileCall, adapts

MODE = (2, "mode")
ADAPTS = adapts(
    {
        "h5py": [FileCall("r", "File.__init__", 1, "name", mode=MODE)],
        "tables": [FileCall("r", "open_file", 0, "filename", mode=(1, "mode"))],
        "netCDF4": [FileCall("r", "Dataset.__init__", 1, "filename", mode=MODE)],
        "cv2": [
            FileCall("read", "imread", 0, "filename"),
            FileCall("read", "VideoCapture.__init__", 1, "filename"),
            FileCall("write", "imwrite", 0, "filename"),
        ],
        "pyreadstat": [
            FileCall("read", name, 0, "filename_path", "answer")
            for name in ("read_sav", "read_dta", "read_sas7bdat", "read_por", "read_xport")
        ],
        "soundfile": [FileCall("read", "read", 0, "file"), FileCall("write", "write", 0, "file")],
        "torchvision.io": [FileCall("read", "read_image", 0, "path"), FileCall("read", "read_file", 0, "path")],
        "rasterio": [FileCall("r", "open", 0, "fp", mode=(1, "mode"))],
        "pyogrio": [FileCall("read", "read_dataframe", 0, "path_or_buffer", "answer")],
        "deltalake": [FileCall("read", "DeltaTable.__init__", 1, "table_uri")],
    }
)
