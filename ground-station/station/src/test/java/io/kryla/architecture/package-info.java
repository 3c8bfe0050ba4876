/** The direction of dependencies: {@code PackageTable} is the allow-list, {@code ArchitectureTest} holds all modules to it. */
package io.kryla.architecture;
