package io.filejob.service.page;

import io.filejob.service.problem.ProblemResponse;
import io.filejob.service.problem.ProblemView;
import jakarta.inject.Singleton;

/** The page about a request that has failed. */
@Singleton
final class ProblemPage implements ProblemView {
    @Override
    public String html(ProblemResponse problem, boolean signedIn) {
        return PageTemplates.problem(problem, signedIn).render();
    }
}
