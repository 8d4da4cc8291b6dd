# One way to do each thing. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PREPARE := $(PYTHON) tools/prepare.py
SAM := SAM_CLI_TELEMETRY=0 .tools/sam/bin/sam
export PORT ?= 3000
export API_PORT ?= 3001
export PARAMETERS ?= prod.parameters
export STATE_DIR ?= .local
export QUOTAS ?=
export SEED ?=
FUZZ ?= full
STACK ?= NFTGallery
BARE ?= /var/tmp/nft-gallery-bare
REGION ?= $(AWS_REGION)
# one worker a core; the tests of a file share what they start
TESTS := $(BIN)/pytest -q -n auto --dist loadfile
# tests that have targets of their own, beside `make test`
APART := tests/examples tests/exploits tests/firefox tests/evm tests/fuzz tests/differential/test_verifiers.py
IN_A_BROWSER := tests/e2e tests/black_box
# an environment of its own: no tool of the tests or of the local stack is installed beside a release
DEPLOYER := .tools/deploy/bin/python
DEPLOY := $(DEPLOYER) -m deploy
OF_STACK = --stack "$(STACK)" --region "$(REGION)"

# dapp/, docs/ and tests/ are folders too
.PHONY: help start doctor setup dapp dev benchmark test check vitest python unit exploits differential browser bare lint scan format build wheel package release locks clean
.PHONY: docs openapi verify oracle deploy preflight stack monitoring publish invalidate smoke destroy ipfs

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

start: setup dapp ## run the whole gallery on this machine (PORT, API_PORT, PARAMETERS, STATE_DIR, QUOTAS=aws)
	@exec $(BIN)/python -m local

doctor: ## say what this machine lacks, or what is wrong with it, and what to do
	@$(firstword $(wildcard $(BIN)/python) $(PYTHON)) -m local doctor

setup: ## prepare uv, Python 3.13 and the locked packages
	@$(PREPARE) setup

dapp: ## build the dApp into dapp/out
	@$(PREPARE) dapp

dev: ## prepare the tools of the tests as well
	@$(PREPARE) dev

check: dev lint unit ## fast: linters, types, template, unit tests; no browser

# steps of one processor go side by side; the browser's tests have a process of their own, as Playwright leaves a running event loop
test: dev ## linters, scanners, build and tests, as CI runs them first; installs what it needs
	@$(MAKE) --no-print-directory -j2 lint build
	@$(MAKE) --no-print-directory -j2 scan vitest
	@$(PREPARE) chromium
	@$(MAKE) --no-print-directory -j1 python browser

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/mypy examples
	$(BIN)/cfn-lint template.yaml stacks/monitoring.yaml verify/stand_ins.yaml
	$(PREPARE) npm run --silent check

vitest: dev dapp
	@$(PREPARE) client
	$(PREPARE) npm run --silent test
	$(PREPARE) npm run --silent budget

unit: vitest python

python: dev dapp
	@$(PREPARE) aws
	@$(PREPARE) client
	$(TESTS) $(addprefix --ignore ,$(APART) $(IN_A_BROWSER))

exploits: dev dapp ## attack the running stack through its public protocols
	$(TESTS) tests/exploits

differential: dev ## fuzz sign-in and names; try contract wallets on two EVMs; compare the verifier with three others over 200,000 fresh messages, for half an hour (FUZZ=quick: over 10,000)
	$(TESTS) tests/fuzz tests/evm
	FUZZ=$(FUZZ) $(BIN)/pytest -q -s tests/differential

browser: dev dapp
	@$(PREPARE) chromium
	@$(PREPARE) client
	$(TESTS) $(IN_A_BROWSER)

# its Playwright stands before that of the other tests, whose version asks for commands that Firefox ESR does not know
.PHONY: firefox
firefox: dev dapp ## try the gallery in Firefox as well
	@$(PREPARE) firefox
	PYTHONPATH=$$(echo .tools/firefox/lib/python*/site-packages) $(BIN)/pytest -q --browser firefox tests/firefox

.PHONY: pictures
pictures: dev dapp ## take docs/images/ of the running product
	@$(PREPARE) chromium
	$(BIN)/pytest -q tests/e2e/pictures.py

.PHONY: examples
examples: dev dapp ## build the examples on the packed clients, and try them in a browser
	@$(PREPARE) chromium
	@$(PREPARE) examples
	$(TESTS) tests/examples

.PHONY: mutants
mutants: dev ## count the faults that the tests of sign-in do not notice; half an hour (SEED draws the same faults)
	@$(PREPARE) mutants
	@.tools/mutants/bin/python -m tools.mutants

# COMMAND in place of `make test`
bare: ## run `make start` and `make test` on a bare Debian 12 in the folder BARE (as root, with debootstrap)
	@$(PYTHON) -m tools.bare_machine "$(BARE)" $(if $(COMMAND),"$(COMMAND)")

scan: dev dapp ## scan the templates as SAM transforms them, every policy, the workflows, the site
	@$(PREPARE) scan

docs: dev ## write docs/api.md, docs/parameters.md and docs/openapi.json from the template and the error classes
	@PYTHONPATH=backend $(BIN)/python -m tools.documents

openapi: docs ## the same, by its old name

format: dev ## rewrite the code in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(PREPARE) npm run --silent format

# PART names one or more of sign-in, routes, dapp, local, scale; QUICK=yes takes few samples and writes nothing
benchmark: dev dapp ## measure sign-in, routes, dApp, local stack and the scale model, in 25 minutes (PART=routes)
	@$(PREPARE) chromium
	@PYTHONPATH=backend:clients/python/src $(BIN)/python -m benchmarks $(PART) $(if $(QUICK),--quick)

build: ## sam validate and sam build: the artifacts of the stack
	@$(PREPARE) sam
	$(SAM) validate --lint --region us-east-1
	$(SAM) build

wheel: dev ## build the Python client's wheel and sdist into clients/python/dist, the same bytes each time
	@cd clients/python && SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct -- .) ../../$(BIN)/python -m hatchling build

package: build dapp ## pack what was built, for a pipeline to deploy more than once
	tar -czf release.tgz .aws-sam/build dapp/out

# STACK, KEYS, PROFILE and the outputs of deploy/bootstrap.yaml (EXECUTION_ROLE, PERMISSIONS_BOUNDARY, PACKAGES) from the environment
release: ## deploy release.tgz as a pipeline does; the keys are read in AWS and stay there
	@$(PREPARE) sam
	@$(PREPARE) deploy
	@$(DEPLOY) name --stack "$(STACK)"
	@rm -rf .aws-sam/build && tar -xzf release.tgz
	@set -o pipefail; aws secretsmanager get-secret-value --secret-id "$$KEYS/provider-keys" --query SecretString --output text \
	  | $(DEPLOYER) -m deploy.stage_parameters $(PARAMETERS) $(if $(PROFILE),Profile=$(PROFILE))
	@$(SAM) deploy --template-file .aws-sam/build/template.yaml --stack-name "$$STACK" --role-arn "$$EXECUTION_ROLE" \
	  --s3-bucket "$$PACKAGES" --s3-prefix "$$STACK" --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset \
	  --no-confirm-changeset --parameter-overrides $$(cat $(PARAMETERS)) PermissionsBoundary="$$PERMISSIONS_BOUNDARY"

deploy: ## deploy everything: stack, alarms of Profile=prod, dApp, smoke test (STACK, REGION, PARAMETERS)
	@$(MAKE) --no-print-directory stack
	@$(MAKE) --no-print-directory monitoring ONLY_PROFILE=prod
	@$(MAKE) --no-print-directory publish
	@$(MAKE) --no-print-directory smoke

preflight: ## look what would make a deployment fail, and say what to do; make nothing
	@test -f "$(PARAMETERS)" || { echo "no $(PARAMETERS): cp prod.parameters.example $(PARAMETERS), then put your keys in"; exit 1; }
	@$(PREPARE) deploy
	@$(DEPLOY) preflight $(OF_STACK) --parameters "$(PARAMETERS)"

# the shell fills the keys in, so make never shows them; SAM shows stars for them
stack: preflight build ## deploy the stack only, if nothing stands in the way
	@$(SAM) deploy --parameter-overrides $$(cat "$(PARAMETERS)") --capabilities CAPABILITY_NAMED_IAM \
	  --stack-name "$(STACK)" $(if $(REGION),--region "$(REGION)") --resolve-s3 \
	  --no-confirm-changeset --no-fail-on-empty-changeset

# EXECUTION_ROLE and PACKAGES from the environment, as in `release`
monitoring: ## deploy the alarms and dashboard of a deployed stack (ONLY_PROFILE=prod: of such a stack only)
	@$(PREPARE) sam
	@$(PREPARE) deploy
	@set -f; words=$$($(DEPLOY) monitoring $(OF_STACK) --parameters "$(PARAMETERS)" --only-profile "$(ONLY_PROFILE)") || exit 1; \
	  if [ -n "$$words" ]; then $(SAM) deploy --template-file stacks/monitoring.yaml --stack-name "$(STACK)-monitoring" \
	    $(if $(REGION),--region "$(REGION)") \
	    $(if $(EXECUTION_ROLE),--role-arn "$(EXECUTION_ROLE)" --s3-bucket "$(PACKAGES)" --s3-prefix "$(STACK)-monitoring",--resolve-s3) \
	    --no-confirm-changeset --no-fail-on-empty-changeset --parameter-overrides $$words; fi

publish: dapp ## upload the dApp of a deployed stack, and let CloudFront know (WAIT=yes waits for it)
	@$(PREPARE) deploy
	@$(DEPLOY) publish $(OF_STACK) --wait "$(WAIT)"

invalidate: ## let CloudFront forget the old page (WAIT=yes waits for it)
	@$(PREPARE) deploy
	@$(DEPLOY) invalidate $(OF_STACK) --wait "$(WAIT)"

smoke: ## check a deployed stack as a guest and as a new wallet (or SITE=http://localhost:3000)
	@$(PREPARE) deploy
	@$(DEPLOY) smoke $(OF_STACK) --parameters "$(PARAMETERS)" --site "$(SITE)"

# no stack is verified by default, since its callers notice; TARGET: a JSON file (verify/target.py), such as an emulator's; WORDS: more arguments for pytest
verify: dev ## prove a running gallery from outside (SITE=http://localhost:3000, or STACK on AWS for under a dollar; REGION)
	@$(BIN)/python -m verify $(if $(SITE)$(TARGET),--site "$(SITE)" --target "$(TARGET)",--stack "$(if $(filter file,$(origin STACK)),,$(STACK))") \
	  --region "$(REGION)" --confirm "$(CONFIRM)" $(if $(PATIENCE),--patience "$(PATIENCE)") -- $(WORDS)

oracle: dev dapp ## deploy the stack to an emulator of AWS on this machine, and try it there by the suite of `make verify`
	@$(PREPARE) sam
	@$(PREPARE) oracle
	@PYTHONPATH=backend $(BIN)/python -m tests.oracle $(WORDS)

destroy: ## delete a stack with its alarms, site and users, and list what remains (CONFIRM, DELETE_USERS=yes)
	@$(PREPARE) deploy
	@$(DEPLOY) destroy $(OF_STACK) --confirm "$(CONFIRM)" --delete-users "$(DELETE_USERS)"

ipfs: dapp ## make the folder for IPFS and print its CID (STACK, or CONFIG=config.json)
	@$(PREPARE) deploy
	@$(DEPLOY) ipfs $(OF_STACK) --config "$(CONFIG)"

# yattag has no wheel, and only cosmic-ray's reports of its own use it
locks: ## compile requirements/*.in to locks with hashes and without addresses
	for name in uv build node auth api local names deploy dev sam aws oracle mutants firefox plots scan; do \
	  uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-package yattag \
	    --python-version 3.13 --universal requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove what was built or installed here (not .local, the local stack's state)
	rm -rf .aws-sam .tools .venv build clients/python/dist clients/js/node_modules clients/js/dist dapp/node_modules dapp/out scan/node_modules \
	  examples/*.tgz examples/*/node_modules examples/*/dist examples/*/.next

# ---- called by `sam build` (BuildMethod: makefile), which sets ARTIFACTS_DIR ----
AUTH := PreSignUpFunction DefineAuthChallengeFunction CreateAuthChallengeFunction VerifyAuthChallengeResponseFunction \
  PreTokenGenerationFunction
API := GetNFTsAlchemyFunction GetNFTsMoralisFunction GalleryFunction PublicGalleryFunction
USERS := DeleteUnprovenUsersFunction
NAMES := NamesFunction
OWNERS := OwnersFunction
METADATA := MetadataFunction
WEBHOOKS := WebhooksFunction

$(AUTH:%=build-%): ROOMS := auth nodes ethereum runtime
$(AUTH:%=build-%): LOCK := requirements/auth.txt
$(API:%=build-%): ROOMS := nft fetch freshness ethereum runtime
$(API:%=build-%): LOCK := requirements/api.txt
$(USERS:%=build-%): ROOMS := users auth ethereum runtime
$(USERS:%=build-%): LOCK := requirements/auth.txt
$(NAMES:%=build-%): ROOMS := names nodes fetch ethereum runtime
$(NAMES:%=build-%): LOCK := requirements/names.txt
$(OWNERS:%=build-%): ROOMS := nft names nodes fetch freshness ethereum runtime
$(OWNERS:%=build-%): LOCK := requirements/names.txt
$(METADATA:%=build-%): ROOMS := metadata nodes fetch freshness ethereum runtime
$(METADATA:%=build-%): LOCK := requirements/api.txt
$(WEBHOOKS:%=build-%): ROOMS := webhooks freshness ethereum runtime
$(WEBHOOKS:%=build-%): LOCK := requirements/api.txt
$(AUTH:%=build-%) $(API:%=build-%) $(USERS:%=build-%) $(NAMES:%=build-%) $(OWNERS:%=build-%) $(METADATA:%=build-%) \
$(WEBHOOKS:%=build-%):
	@$(PREPARE) artifact "$(ARTIFACTS_DIR)" $(LOCK) $(ROOMS)
