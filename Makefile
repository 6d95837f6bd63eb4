# make help                                                     these lines
# make play [ARGS="--demo --seconds 8 --audio file:demo.wav"]   play; sets everything up the first time
# make test                                                     style, types and all tests
# make test-fast                                                the same without torch, JACK and what takes long: under two minutes
# make attack [ARGS="--short osc"]                              attacks the program for some twenty minutes (docs/reliability.md)
# make bench                                                    the short benchmarks (a JACK server of their own)
# make setup-train                                              what `.venv/bin/python -m export` needs
# make bundle                                                   trains the default bundle anew
# make gallery [ARGS="--duets build/duets/bundle"]              the demonstrations in docs/gallery anew, tried in Chromium
# make duets                                                    the model with two sources that the gallery's mixtures come from
#
# Set-up is a virtual environment in .venv. PYTHON=... names the interpreter to use. Nothing outside the checkout is
# changed, except that missing Debian or Ubuntu packages are installed when we are root or sudo is there (SYSTEM=no: never).

VENV := .venv
PY := $(VENV)/bin/python
SYSTEM ?= yes
ARGS ?=

# 3.11 and 3.12 have everything; a later one runs without MIDI.
PYTHON ?= $(shell \
	ok='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))'; \
	for p in python3 python3.12 python3.11; do \
		if command -v $$p >/dev/null 2>&1 && $$p -c "$$ok" 2>/dev/null; then echo $$p; exit; fi; \
	done; echo python3)

# onnxruntime and onnxruntime-gpu exclude each other.
RUNTIME ?= $(shell if nvidia-smi >/dev/null 2>&1; then echo gpu; else echo cpu; fi)

PLAY_TOOLS := libportaudio2
TEST_TOOLS := $(PLAY_TOOLS) python3-dev curl jackd2 puredata-core supercollider-language liblo-tools \
	fluidsynth fluid-soundfont-gm musescore-general-soundfont ardour
BENCH_TOOLS := libjack-jackd2-dev
TRAIN_TOOLS := fluidsynth fluid-soundfont-gm musescore-general-soundfont $(shell command -v npm >/dev/null 2>&1 || echo npm)

BESIDE := --numprocesses 2 --dist loadfile

# Compiled code kept apart, with every index checked.
CHECKED := NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR=$(CURDIR)/build/boundscheck
COMPILED := tests/stream tests/unit/test_rate_limits.py tests/unit/audio/test_rings.py \
	$(addprefix tests/unit/,dsp engine frames listening offline transcribe)

GALLERY_TOOLS := fluidsynth musescore-general-soundfont chromium
DUETS := build/duets

.PHONY: help play test test-beside test-bounds test-live test-fast lint attack bench bundle gallery gallery-check duets setup \
	setup-fast setup-test setup-train clean

help:
	@sed -n '/^#/!q;s/^# \{0,1\}//p' $(MAKEFILE_LIST)

play: setup
	@$(PY) run_server.py $(ARGS)

setup: $(VENV)/.for-play
setup-fast: $(VENV)/.for-fast
setup-test: $(VENV)/.for-test
setup-train: $(VENV)/.for-train

# What keeps to a clock has the machine for itself.
# All parts run, also after one has failed; make fails at the end and names them.
test: setup-test
	@failed=; for part in lint test-beside test-bounds test-live; do $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
		[ -z "$$failed" ] || { echo "failed:$$failed" >&2; exit 1; }

test-beside: setup-test
	$(PY) -m pytest $(BESIDE) -m 'timeless or not system' tests/unit tests/contract tests/stream tests/system

test-live: setup-test
	$(PY) -m pytest -m 'not timeless' tests/system

# Once more with every index of compiled code checked.
test-bounds: setup-test
	$(CHECKED) $(PY) -m pytest $(BESIDE) $(COMPILED)

# What a change should pass before it is committed. Needs neither torch nor JACK; tests that do skip themselves.
test-fast: setup-fast
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy rt run_server.py
	$(PY) -m pytest $(BESIDE) -m 'not slow' tests/unit tests/contract tests/stream

lint: setup-test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m mypy --platform darwin rt run_server.py
	$(PY) -m mypy --platform win32 rt run_server.py

attack: setup-test
	$(PY) -m tests.attack $(ARGS)

bench: setup-test
	$(call debian,$(BENCH_TOOLS))
	$(PY) -m tests.bench.load
	$(PY) -m tests.bench.latency
	$(PY) -m tests.bench.osc_burst

bundle: setup-train
	$(call debian,$(TRAIN_TOOLS))
	$(PY) -m export default $(ARGS)

gallery: setup-train
	$(call debian,$(GALLERY_TOOLS))
	$(PY) -m docs.gallery.source $(ARGS)
	$(PY) -m docs.gallery.source.browser

gallery-check: setup
	$(call debian,chromium)
	$(PY) -m docs.gallery.source.browser $(ARGS)

duets: setup-train
	$(call debian,$(TRAIN_TOOLS))
	$(PY) -m export prepare soundfont:MuseScore_General soundfont:FluidR3_GM --programs Flute,Piano \
		--mixtures 3000 --sources 2 --seed 1 --out $(DUETS)/data
	$(PY) -m export train --data $(DUETS)/data --steps 4000 --seed 1 --resume --out $(DUETS)/model.pt
	$(PY) -m export bundle --model $(DUETS)/model.pt --name duets --out $(DUETS)/bundle

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "latent-bridge needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Install python3.12 (Debian, Ubuntu: apt install python3.12-venv; macOS: brew install python@3.12)" >&2; \
		echo "or say which one to use: make PYTHON=/path/to/python3.12 play" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ v=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); $(call apt,python$$v-venv); } || true
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments; install its venv module" >&2; \
		echo "(Debian, Ubuntu: sudo apt-get install python3-venv), then run make again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not sys.version_info >= (3, 13))' 2>/dev/null && \
		echo "note: $(PYTHON) is newer than 3.12, where python-rtmidi has no wheel: no MIDI, OSC only" >&2 || true
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.for-play: pyproject.toml | $(PY)
	$(call debian,$(PLAY_TOOLS))
	@echo "installing latent-bridge into $(VENV), once; this takes a minute or two"
	$(PY) -m pip install --quiet --editable '.[$(RUNTIME)]'
	@touch $@

$(VENV)/.for-fast: $(VENV)/.for-play
	@echo "installing what the fast tests need, once"
	$(PY) -m pip install --quiet --editable '.[$(RUNTIME),dev]'
	@touch $@

$(VENV)/.for-train: $(VENV)/.for-play
	@echo "installing what training needs, once; torch makes it a few minutes"
	$(PY) -m pip install --quiet --editable '.[$(RUNTIME),train]'
	@touch $@

# nsgt 0.19 is C source that must be built against the numpy of this environment.
$(VENV)/.for-test: $(VENV)/.for-play
	$(call debian,$(TEST_TOOLS))
	@echo "installing what the tests need, once; torch makes it a few minutes"
	$(PY) -m pip install --quiet --editable '.[$(RUNTIME),dev,train]'
	$(PY) -m pip install --quiet --no-build-isolation --no-deps nsgt==0.19
	@touch $@

# $(call apt,PACKAGES): installs Debian packages; fails where that is not possible.
define apt
	if [ '$(SYSTEM)' != no ] && command -v apt-get >/dev/null 2>&1; then \
		if [ "$$(id -u)" = 0 ]; then s=; elif command -v sudo >/dev/null 2>&1; then s=sudo; else s=false; fi; \
		echo "installing $(1)"; \
		$$s env DEBIAN_FRONTEND=noninteractive sh -c \
			"apt-get update -q; apt-get install -q -y --no-install-recommends $(1)" >/dev/null; \
	else false; fi
endef

# $(call debian,PACKAGES): installs what is missing of these, or says what is missing and goes on.
define debian
	@case "$$(uname -s)" in Linux) ;; *) exit 0 ;; esac; \
	missing=; if command -v dpkg-query >/dev/null 2>&1; then for p in $(1); do \
		dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	else missing=' $(1)'; fi; \
	[ -z "$$missing" ] || { $(call apt,$$missing); } || \
		echo "note: could not install$$missing; what needs them will say so" >&2
endef
