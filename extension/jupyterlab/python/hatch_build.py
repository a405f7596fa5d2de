"""The wheel holds native Node modules: it fits one platform, and any Python 3."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlatformTag(BuildHookInterface):
    def initialize(self, version, build_data):
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{os.environ['LOOKBACK_WHEEL_PLATFORM']}"
