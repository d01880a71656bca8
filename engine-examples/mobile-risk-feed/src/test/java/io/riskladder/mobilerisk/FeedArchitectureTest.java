package io.riskladder.mobilerisk;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
    packages = "io.riskladder.mobilerisk",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class FeedArchitectureTest {

  @ArchTest
  static final ArchRule the_feed_uses_what_any_host_can_use =
      classes()
          .that()
          .resideInAPackage("io.riskladder.mobilerisk")
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are public parts of core, Jackson's core, Guava, annotations or the JDK",
                  FeedArchitectureTest::isAllowed))
          .because("a connector shows how a host does it, and hosts do not see core's own");

  @ArchTest
  static final ArchRule time_is_handed_in =
      noClasses()
          .that()
          .resideInAPackage("io.riskladder.mobilerisk")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .because("tests turn the clock, and never wait");

  private static boolean isAllowed(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName() + ".";
    return type.getBaseComponentType().isPrimitive()
        || name.startsWith("java.")
        || name.startsWith("io.riskladder.mobilerisk.")
        || (name.startsWith("io.riskladder.core.") && !name.contains(".internal."))
        || name.startsWith("com.fasterxml.jackson.core.")
        || name.startsWith("com.google.common.")
        || name.startsWith("com.google.errorprone.annotations.")
        || name.startsWith("org.jspecify.annotations.");
  }
}
