# Needs python3 (3.11 or newer) with venv, make and git; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
STAMP := .venv/.ready-dev
PEERS := .venv/.ready-peers
OUT ?= out
PRIMARY := scenarios/tongliao-2023-primary
CLASSES = $(OUT)/tongliao-2023-primary-classes

.PHONY: run test test-long lint bench bench-smoke office-demo clause-table clean

run: $(READY) ## Both shipped districts: engines, checker, lists, planners' report, the website with the family's page, one school's classes, all in out/ (status 1: children need a ruling)
	$(BIN)/allocator run $(PRIMARY) --out $(OUT)/tongliao-2023-primary || test $$? -eq 1
	$(BIN)/allocator run scenarios/tongliao-2023-junior --out $(OUT)/tongliao-2023-junior || test $$? -eq 1
	$(BIN)/allocator what-if $(PRIMARY) $(PRIMARY)/what-if/*.yaml \
		--draws 200 --report $(OUT)/planning-report.html
	$(BIN)/allocator publish $(OUT)/tongliao-2023-primary $(OUT)/website --from 2023-08-14
	rm -rf $(CLASSES)
	$(BIN)/allocator classes roster $(OUT)/tongliao-2023-primary --pupils $(PRIMARY)/classes/pupils.csv \
		--persons $(PRIMARY)/classes/persons.csv --grade 1 --school xincheng-1 --out $(CLASSES)/roster
	cp $(PRIMARY)/classes/classes.csv $(CLASSES)/roster
	$(BIN)/allocator classes draw $(CLASSES)/roster --grade 1 --transcript $(PRIMARY)/classes/transcript.txt \
		--out $(CLASSES)/placed
	$(BIN)/allocator classes teachers $(CLASSES)/placed --teams $(PRIMARY)/classes/teams.csv \
		--out $(CLASSES)/team-classes.csv
	$(BIN)/allocator classes lists $(CLASSES)/placed --book $(OUT)/tongliao-2023-primary \
		--persons $(PRIMARY)/classes/persons.csv --team-classes $(CLASSES)/team-classes.csv --out $(CLASSES)/lists
	@echo "for families: $(OUT)/website/verify.html (open it in a browser, give it the folder $(OUT)/website)"
	@echo "public lists: $(OUT)/website/lists    one school's classes: $(CLASSES)/lists"

test: $(STAMP) ## Fast tests, on both cores
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not long" tests

test-long: $(STAMP) ## Thorough tests as well
	$(BIN)/pytest -q -n 2 --dist worksteal tests

lint: $(STAMP) ## Style, types and floors
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(PEERS) ## Benchmarks with asserted answers, beside other people's solvers; figures to benchmarks/results
	$(BIN)/python -m benchmarks.report

bench-smoke: $(PEERS) ## The same on small districts
	$(BIN)/pytest -q benchmarks --benchmark-disable -k smoke

office-demo: $(STAMP) ## A summer of 3,000 invented families, from a platform's export to signed lists, with trouble of every kind
	rm -rf $(OUT)/office-demo
	$(BIN)/python -m benchmarks.office_demo --out $(OUT)/office-demo

clause-table: $(STAMP) ## Writes docs/clause-table.md anew
	$(BIN)/python -m tests.clause_table

clean:
	rm -rf .venv build dist *.egg-info out

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[report,letters]"
	touch $(READY)

$(STAMP): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,fast,report,letters,cluster]"
	touch $(STAMP)

$(PEERS): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[peers]"
	touch $(PEERS)
