package io.filejob.service.template;

/**
 * The uploaded file of a form.
 *
 * @param id the identity of the upload
 * @param uri the location by which a job names it
 */
public record TemplateInput(String id, String uri) {}
