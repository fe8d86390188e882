.DEFAULT_GOAL := help
.PHONY: help run test unit e2e images crds bench format clean

with_jdk := JAVA_HOME=$$(scripts/java-home) && export JAVA_HOME &&
# Maven's own libraries do what JDK 25 warns of.
mvn := $(with_jdk) MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" mvn -B -ntp

help: ## list the targets
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: ## run the main example
	./filejob run k8s-examples/average.yaml

test: unit e2e ## build, check and test everything

unit: ## what needs no cluster, but a Kubernetes API server and PostgreSQL, which it starts
	@POSTGRES_BIN=$$(scripts/postgres) && export POSTGRES_BIN && \
		export KUBE_API_TEST_DIR=$$(e2e/cluster/cluster api-test-dir) && $(mvn) verify
	@scripts/check-launcher
	@scripts/check-chart

e2e: ## the suites on a real cluster: that of KUBECONFIG, or one of its own, which needs root
	@e2e/run

images: ## make the container images
	@$(mvn) -q -Dmaven.test.skip=true package
	@scripts/images

crds: ## write the definition of FileJobs from the records of the spec
	@$(mvn) -q -pl runner,operator test -Dtest=DefinitionTest -DfailIfNoTests=false \
		-Dsurefire.failIfNoSpecifiedTests=false -Dfilejob.crds.write=true
	@scripts/check-chart --update

bench: ## measure speed and memory, side by side with other tools
	@$(with_jdk) benchmarks/run

format: ## format the sources
	@$(mvn) -q spotless:apply

clean: ## remove what was built
	rm -rf target */target
