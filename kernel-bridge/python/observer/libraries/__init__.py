"""One adapter a file: ADAPTS names the modules it adapts and what adapts each, given the observer and the module."""
