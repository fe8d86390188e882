.DEFAULT_GOAL := help
.PHONY: help run check build test unit verify checks e2e images dist crds docs golden bench format clean

with_jdk := JAVA_HOME=$$(scripts/java-home) && export JAVA_HOME &&
# JDK 25 warns about calls in Maven's own libraries.
mvn := $(with_jdk) MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" mvn -B -ntp

help: ## list the targets
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: ## run the main example
	./filejob run k8s-examples/average.yaml

check: ## check the format, compile with all static checks and run the fast tests, those of core
	@$(mvn) -q -Pe2e,benchmarks spotless:check test-compile
	@$(mvn) -q -pl core surefire:test

build: ## compile everything with all static checks, and package it
	@$(mvn) -q package -DskipTests

test: ## build, check and test everything
	@scripts/test

unit: verify checks ## run all tests that need no cluster; starts a Kubernetes API server and PostgreSQL

# Operator and service are tested at the same time, after the runner; their tests mostly wait.
verify: ## run the tests of the modules, which are most of these
	@POSTGRES_BIN=$$(scripts/postgres) && export POSTGRES_BIN && \
		FILEJOB_LIBVIPS=$$(scripts/libvips) && export FILEJOB_LIBVIPS && \
		FILEJOB_CHROMIUM=$$(scripts/chromium) && export FILEJOB_CHROMIUM && \
		export KUBE_API_TEST_DIR=$$(e2e/cluster/cluster api-test-dir) && $(mvn) -T 2 verify

checks: ## check the launcher, a release, the chart, and dashboards and alerts; needs the output of make build
	@scripts/check-launcher
	@scripts/check-dist
	@scripts/check-chart
	@scripts/check-observability

e2e: ## run the end-to-end suites on the cluster of KUBECONFIG, or on one of its own (needs root)
	@e2e/run

images: ## build the container images
	@$(mvn) -q -Dmaven.test.skip=true package
	@scripts/images

dist: ## make the files of a release in target/dist
	@$(mvn) -q -Dmaven.test.skip=true package
	@scripts/dist

crds: ## generate the resource definition from the records of the spec
	@$(mvn) -q -pl core,test-support,runner,operator test -Dtest=DefinitionTest -DfailIfNoTests=false \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfilejob.crds.write=true
	@scripts/check-chart --update
	@$(MAKE) --no-print-directory docs

docs: ## generate the pages of docs/reference and the description of the API from the schema, the enums and the help texts
	@$(mvn) -q -pl core,test-support,runner,service test -Dtest='ReferenceTest,ApiReferenceTest' -DfailIfNoTests=false \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfilejob.docs.write=true

golden: ## write the expected files of the operator's golden folders
	@$(mvn) -q -pl core,test-support,runner,operator test -Dtest=GoldenTest -DfailIfNoTests=false \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfilejob.golden.rewrite=true

bench: ## compare speed and memory with other tools
	@$(with_jdk) benchmarks/run

format: ## format the sources
	@$(mvn) -q -Pe2e,benchmarks spotless:apply

clean: ## remove all build output
	rm -rf target */target
