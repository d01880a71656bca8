package io.riskladder.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.PolicySet;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core as a module of its own, as hosts on the module path have it. */
final class ModulePathTest {
  private static final String MODULE = "io.riskladder.core";

  @Test
  void the_core_finds_its_resources_as_a_named_module() throws Exception {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(classPath(), ModuleFinder.of(), Set.of(MODULE));
    Module core =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findModule(MODULE)
            .orElseThrow();
    Class<?> catalogue = Class.forName(core, MODULE + ".threat.Catalogue");
    assertTrue(catalogue.getModule().isNamed());
    Map<?, ?> builtIn = (Map<?, ?>) catalogue.getMethod("builtIn").invoke(null);
    assertEquals(49, builtIn.size());
    Class.forName(core, MODULE + ".policy.BuiltInMessages");
  }

  private static ModuleFinder classPath() {
    Path classes =
        Path.of(PolicySet.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*(guava|failureaccess|slf4j-api|jspecify).*\\.jar"))
            .map(Path::of)
            .toArray(Path[]::new);
    return ModuleFinder.compose(ModuleFinder.of(classes), ModuleFinder.of(jars));
  }
}
