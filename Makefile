# Every target is a script of the same name in scripts/, which says what it does. `make run` and `make test` install what
# they need (Debian, Ubuntu) and work from a fresh clone with git, Rust and Node.

.PHONY: help run dev test e2e tour lint format bench crash doc bundle icons bindings

help:
	@echo "make run      install what is missing, build, open Forkbeard (without a display: a tour with screenshots)"
	@echo "make dev      the same with hot reload of the interface"
	@echo "make test     everything: formats, lints, Rust tests, interface tests, the real window"
	@echo "make e2e      only the tests in the real window"
	@echo "make tour     screenshots of every screen, light and dark"
	@echo "make lint     formats and lints only"
	@echo "make format   put everything into its format"
	@echo "make bench    the figures of the README"
	@echo "make crash    the long run of kills, power cuts and damage (ten minutes to an hour; power cuts need root)"
	@echo "make doc      the documentation of every crate"
	@echo "make bundle   packages for this system"
	@echo "make bindings the TypeScript of the commands; make icons: the icons from their drawing"

run dev test e2e tour lint format bench crash doc bundle icons bindings:
	@scripts/$@
