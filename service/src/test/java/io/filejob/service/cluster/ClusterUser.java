package io.filejob.service.cluster;

import io.filejob.service.job.Caller;
import io.filejob.testing.kubernetes.RealApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A user of the real API server: a service account with rights in one namespace.
 *
 * @param namespace the namespace
 * @param name the account's name
 * @param token a token that the API server accepts
 */
public record ClusterUser(String namespace, String name, String token) {
    /** The rights of the chart's role for people who run jobs. */
    private static final String EDIT = """
            [{apiGroups: [filejob.io], resources: [filejobs], verbs: [get, list, watch, create, update, patch, delete]},
             {apiGroups: [""], resources: [configmaps, pods, pods/log, secrets], verbs: [get, list]}]""";
    /** The rights to see jobs and nothing else. */
    private static final String VIEW = "[{apiGroups: [filejob.io], resources: [filejobs], verbs: [get, list, watch]}]";

    /** The rights of the chart's role for people who download files on claims, but to run commands in pods. */
    private static final String DOWNLOAD = """
            [{apiGroups: [filejob.io], resources: [filejobs], verbs: [get, list, watch]},
             {apiGroups: [""], resources: [pods], verbs: [get, list, create, delete]}]""";

    private static final String OBJECTS = """
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: NAME, namespace: NS}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: NAME, namespace: NS}, rules: RULES}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: NAME, namespace: NS}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: NAME}
            subjects: [{kind: ServiceAccount, name: NAME, namespace: NS}]
            """;

    /** Creates a namespace on a server with the definition of FileJobs, and returns its name. */
    public static String newNamespace() {
        try {
            RealApiServer.get().apply(Files.readString(Path.of("../crds/filejobs.filejob.io-v1.yml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RealApiServer.get().kubectl("", "wait", "--for=condition=Established", "crd/filejobs.filejob.io");
        return RealApiServer.get().namespace();
    }

    /** Creates a user who may run jobs. */
    public static ClusterUser editor(String namespace, String name) {
        return create(namespace, name, EDIT);
    }

    /** Creates a user who may see jobs. */
    public static ClusterUser viewer(String namespace, String name) {
        return create(namespace, name, VIEW);
    }

    /** Creates a user who may see jobs and create pods, but run no commands in them. */
    public static ClusterUser downloader(String namespace, String name) {
        return create(namespace, name, DOWNLOAD);
    }

    /** Creates an account with the right of the service itself. */
    public static ClusterUser sweeper(String namespace, String name) {
        return create(namespace, name, "[{apiGroups: [filejob.io], resources: [filejobs], verbs: [list]}]");
    }

    private static ClusterUser create(String namespace, String name, String rules) {
        RealApiServer.get()
                .apply(OBJECTS.replace("RULES", rules.replace("\n", " "))
                        .replace("NAME", name)
                        .replace("NS", namespace));
        return new ClusterUser(namespace, name, newToken(namespace, name));
    }

    private static String newToken(String namespace, String name) {
        return RealApiServer.get()
                .kubectl("", "create", "token", name, "-n", namespace)
                .strip();
    }

    /** Makes all tokens of the user invalid. */
    public void revoke() {
        RealApiServer.get().kubectl("", "delete", "serviceaccount", name, "-n", namespace);
    }

    /** Takes all rights from the user, but the tokens remain valid. */
    public void removeRights() {
        RealApiServer.get().kubectl("", "delete", "rolebinding", name, "-n", namespace);
    }

    /** Returns the user as the service knows it. */
    public Caller caller() {
        return new Caller("system:serviceaccount:" + namespace + ":" + name, token);
    }
}
