/** Jobs from forms: a template and a few fields become a manifest. */
@NullMarked
package io.filejob.service.template;

import org.jspecify.annotations.NullMarked;
