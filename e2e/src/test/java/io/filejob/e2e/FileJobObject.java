package io.filejob.e2e;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.filejob.api.FileJobSpec;
import io.filejob.status.FileJobStatus;

/** A FileJob as returned by the API server. */
@Group("filejob.io")
@Version("v1alpha1")
@Kind("FileJob")
@Plural("filejobs")
public final class FileJobObject extends CustomResource<FileJobSpec, FileJobStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
