# make setup: môi trường chạy · make demo: đọc thử một bản quét · make test: kiểm thử · make check: mọi kiểm tra
.PHONY: setup demo test check lint types imports rules bench samples clean
.DEFAULT_GOAL := setup

BIN := .venv/bin

setup:
	@scripts/setup.sh

demo: setup
	@echo "samples/quyet-dinh-scan/source.pdf: bản quét có dấu đỏ, số và ngày viết tay, phụ lục bảng nằm ngang"
	@$(BIN)/extractor extract --format text samples/quyet-dinh-scan/source.pdf

test: setup
	@$(BIN)/python -m pytest -q

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

imports: setup
	@$(BIN)/lint-imports

rules: setup
	@$(BIN)/extractor rules check

check: lint types imports rules test

bench: setup
	@$(BIN)/python -m bench.pages

samples: setup
	@$(BIN)/python -m samples.generate

clean:
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
