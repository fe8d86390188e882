package io.filejob.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.filejob.api.FileJob;
import io.filejob.api.FileJobSpec;
import io.filejob.status.FileJobStatus;

/** A FileJob in the cluster, with the spec and status of a manifest; declares the columns of {@code kubectl get}. */
@Group("filejob.io")
@Version("v1alpha1")
@Kind(FileJob.KIND)
@Plural("filejobs")
@ShortNames("fj")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason")
@AdditionalPrinterColumn(name = "Workers", jsonPath = ".spec.workers", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Files", jsonPath = ".status.plan.inputs", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Rows", jsonPath = ".status.rows.in", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.summary.progress")
@AdditionalPrinterColumn(name = "Result", jsonPath = ".status.summary.result")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Rows/s", jsonPath = ".status.summary.rowsPerSecond", priority = 1)
@AdditionalPrinterColumn(
        name = "Rejected",
        jsonPath = ".status.rows.rejected",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.summary.duration", priority = 1)
public final class FileJobResource extends CustomResource<FileJobSpec, FileJobStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
