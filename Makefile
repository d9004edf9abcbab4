# make demo    build matmul, grade a class, write its report
# make demo-all    the same for every assignment
# make test    the whole test suite
# make verify  prove that the tests of every assignment are sound
# make habits  every harmless notebook habit on every assignment: check, receipt and grade agree
# make bench   times as ratios (docs/performance.md)
# make lint    ruff, mypy, and the rule of the rooms: an import goes down, never up
# make nbgrader    nbgrader's own commands on every assignment
# make site        schedule and handouts as web pages, dist/site/
# make browser     the notebook, the course site and the page for marks in a browser (needs chromium)
# make findings   what real tools do that one would not expect, still so (network)
# make pythons     the course on Python 3.12 to 3.15, each on a bare distribution (root, debootstrap, network; hours)
# make docs        docs/course-yml.md, from the model of course.yml
# make wheel       the engine as a wheel, dist/
# make gradescope  every bundle on a stand-in for Gradescope's machine (root, debootstrap, network)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

.PHONY: demo test habits verify bench lint nbgrader site browser gradescope pythons wheel docs findings demo-all clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    -c constraints.txt -e ".[dev,staff,torch,nbgrader,site]"
	touch $@

$(VENV)/.demo: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[demo]"
	touch $@

demo: $(VENV)/.demo
	$(BIN)/autograder build matmul
	$(BIN)/python -m demo

demo-all: $(VENV)/.installed
	$(BIN)/autograder build
	$(BIN)/python -m demo all

test: $(VENV)/.installed lint
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup

lint: $(VENV)/.installed
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

habits: $(VENV)/.installed
	HABITS=all $(BIN)/python -m pytest --numprocesses auto --dist loadgroup tests/checking/test_habits.py

verify: $(VENV)/.installed
	$(BIN)/autograder verify

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks.minillm
	$(BIN)/python -m benchmarks

nbgrader: $(VENV)/.installed
	NBGRADER=all $(BIN)/python -m pytest tests/platforms/test_nbgrader.py

site: $(VENV)/.installed
	$(BIN)/autograder site

browser: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    -c constraints.txt -e ".[nbgrader,site,marking,browser]"
	$(BIN)/python -m pytest tests/platforms/test_browser.py tests/classroom/test_marking_page.py

gradescope: $(VENV)/.installed
	PYTHONPATH=tests:tests/platforms $(BIN)/python -m gradescope

pythons: $(VENV)/.installed
	PYTHONPATH=tests:tests/platforms:. $(BIN)/python -m pythons

docs: $(VENV)/.installed
	$(BIN)/python -m autograder.course.schema > docs/course-yml.md

wheel: $(VENV)/.installed
	$(BIN)/hatchling build -t wheel

findings:
	for finding in findings/*.sh; do echo "$$finding"; bash "$$finding" || exit 1; done

clean:
	rm -rf $(VENV) dist demo/class demo/results
