/** FileJob on a real cluster, as its users see it: with kubectl, helm and the API. */
@NullMarked
package io.filejob.e2e;

import org.jspecify.annotations.NullMarked;
