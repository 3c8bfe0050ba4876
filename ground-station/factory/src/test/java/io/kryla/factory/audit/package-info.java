/** Parts of the audit by themselves; the whole of it is attacked where a whole folder is made. */
@NullMarked
package io.kryla.factory.audit;

import org.jspecify.annotations.NullMarked;
