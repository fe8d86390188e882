/** The pages for people: templates over the same port as the REST API. */
@NullMarked
package io.filejob.service.page;

import org.jspecify.annotations.NullMarked;
