package io.filejob.service.metrics;

import java.util.Set;
import java.util.StringTokenizer;

/** The names of routes in metrics: paths without names of jobs, files and tables. */
final class RouteName {
    private static final Set<String> FIXED = Set.of(
            "api",
            "v1",
            "jobs",
            "files",
            "uploads",
            "multipart-uploads",
            "complete",
            "templates",
            "tables",
            "namespaces",
            "events",
            "result",
            "rejects",
            "parts",
            "workers",
            "plan",
            "logs",
            "callbacks",
            "profile",
            "images",
            "rows",
            "columns",
            "redrive",
            "cancel",
            "new",
            "draft",
            "login",
            "logout",
            "docs",
            "assets",
            "q",
            "health",
            "openapi");
    private static final int MAX_SEGMENTS = 8;

    private RouteName() {}

    /** Returns, for example, {@code /api/v1/jobs/*} for {@code path}. */
    static String of(String path) {
        StringBuilder route = new StringBuilder();
        StringTokenizer segments = new StringTokenizer(path, "/");
        for (int i = 0; i < MAX_SEGMENTS && segments.hasMoreTokens(); i++) {
            String segment = segments.nextToken();
            route.append('/').append(FIXED.contains(segment) ? segment : "*");
        }
        return route.isEmpty() ? "/" : route.toString();
    }
}
