package io.filejob.service.page;

import io.filejob.service.problem.ProblemResponse;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The templates of the pages, whose names and types are checked when the service is built. */
@CheckedTemplate(basePath = "")
final class PageTemplates {
    private PageTemplates() {}

    static native TemplateInstance jobs(JobList list);

    static native TemplateInstance jobs$list(JobList list);

    static native TemplateInstance job(JobView view);

    static native TemplateInstance job$live(JobView view);

    static native TemplateInstance preview(CsvPreview preview);

    static native TemplateInstance parts(List<PartRow> parts);

    static native TemplateInstance log(List<String> lines);

    static native TemplateInstance newAverage(JobUse use, JobDraft draft, String key);

    static native TemplateInstance newProducts(JobUse use, JobDraft draft, String key);

    static native TemplateInstance newSongs(JobUse use, JobDraft draft, String key);

    static native TemplateInstance newImages(JobUse use, JobDraft draft, String key);

    static native TemplateInstance newYaml(JobUse use, JobDraft draft, String key);

    static native TemplateInstance draft(JobUse use, JobDraft draft);

    static native TemplateInstance tables(TablesView view);

    static native TemplateInstance tables$rows(TablesView view);

    static native TemplateInstance noTables();

    static native TemplateInstance images(ImagesView view);

    static native TemplateInstance noImages();

    static native TemplateInstance problem(ProblemResponse problem, boolean signedIn);
}
