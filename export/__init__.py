"""The offline half: renders a corpus, trains the two VAEs, writes bundles. Needs torch; `rt` never imports it."""

import rt  # noqa: F401  turns the telemetry of onnxruntime off before anything imports it
