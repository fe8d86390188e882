/** The rows of the tables that ingests have loaded, for people to look at. */
@NullMarked
package io.filejob.service.table;

import org.jspecify.annotations.NullMarked;
