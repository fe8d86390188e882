.DEFAULT_GOAL := help
.PHONY: help run test bench format clean

with_jdk := JAVA_HOME=$$(scripts/java-home) && export JAVA_HOME &&
# Maven's own libraries do what JDK 25 warns of.
mvn := $(with_jdk) MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $$MAVEN_OPTS" mvn -B -ntp

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: ## run the main example
	./filejob run k8s-examples/average.yaml

test: ## build, check and test everything
	@$(mvn) verify
	@scripts/check-launcher

bench: ## measure speed and memory, side by side with other tools
	@$(with_jdk) benchmarks/run

format: ## format the sources
	@$(mvn) -q spotless:apply

clean: ## remove what was built
	rm -rf target */target
