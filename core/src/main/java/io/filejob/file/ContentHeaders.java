package io.filejob.file;

/**
 * Headers that web servers send with an object; files of a file system have none.
 *
 * @param type the value of {@code Content-Type}
 * @param cacheControl the value of {@code Cache-Control}
 */
public record ContentHeaders(String type, String cacheControl) {}
