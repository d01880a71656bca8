package io.riskladder.mdm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

@AnalyzeClasses(
    packages = "io.riskladder.mdm",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class BoundaryArchitectureTest {

  @ArchTest
  static final ArchRule the_boundary_depends_on_core_guava_slf4j_and_two_parsers_only =
      classes()
          .that()
          .resideInAPackage("io.riskladder.mdm..")
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are of the boundary, core, Guava, slf4j, Jackson's core and YAML, SnakeYAML,"
                      + " annotations for tools or the JDK",
                  BoundaryArchitectureTest::isAllowed))
          .because("every further library would come into each host");

  @ArchTest
  static final ArchRule parsers_are_used_in_documents_only =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.riskladder.mdm.document")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", "org.yaml..")
          .because("there is one way to read and write each document");

  @ArchTest
  static final ArchRule databases_are_spoken_to_in_stores_only =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.riskladder.mdm.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..")
          .because("what is kept where is the store's business alone");

  @ArchTest
  static final ArchRule what_hosts_implement_knows_core_only =
      noClasses()
          .that()
          .resideInAPackage("io.riskladder.mdm.spi")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.riskladder.mdm.runtime", "io.riskladder.mdm.store", "io.riskladder.mdm.document")
          .because("who implements a role must not have to know who plays the others");

  @ArchTest
  static final ArchRule nothing_knows_the_runtime =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.riskladder.mdm.runtime")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.riskladder.mdm.runtime")
          .because("events come in and effects go out through it, and nothing goes back in");

  @ArchTest
  static final ArchRule nothing_public_shows_a_parser_or_guava =
      classes()
          .that()
          .resideInAPackage("io.riskladder.mdm..")
          .and()
          .arePublic()
          .should(showNoLibrary())
          .because("a host must not come to depend on what is used inside");

  private static boolean isAllowed(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive()
        || base.getPackageName().startsWith("java.")
        || isWithin(base, "javax.sql")
        || isWithin(base, "io.riskladder.mdm")
        || isWithin(base, "io.riskladder.core")
        || isWithin(base, "com.google.common")
        || isWithin(base, "com.google.errorprone.annotations")
        || isWithin(base, "org.slf4j")
        || isWithin(base, "com.fasterxml.jackson.core")
        || isWithin(base, "com.fasterxml.jackson.dataformat.yaml")
        || isWithin(base, "org.jspecify.annotations")
        || isWithin(base, "org.yaml.snakeyaml");
  }

  private static boolean isWithin(JavaClass type, String ancestor) {
    return (type.getPackageName() + ".").startsWith(ancestor + ".");
  }

  private static ArchCondition<JavaClass> showNoLibrary() {
    return new ArchCondition<>("show no type of Jackson, SnakeYAML or Guava") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
          if (isShown(field.getModifiers())) {
            report(field.getType().getAllInvolvedRawTypes(), field.getFullName(), events);
          }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
          if (isShown(unit.getModifiers())) {
            report(unit.getReturnType().getAllInvolvedRawTypes(), unit.getFullName(), events);
            unit.getParameterTypes()
                .forEach(p -> report(p.getAllInvolvedRawTypes(), unit.getFullName(), events));
            report(Set.copyOf(unit.getExceptionTypes()), unit.getFullName(), events);
          }
        }
        report(Set.copyOf(type.getAllRawSuperclasses()), type.getName(), events);
        report(Set.copyOf(type.getAllRawInterfaces()), type.getName(), events);
      }
    };
  }

  private static boolean isShown(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static void report(Set<JavaClass> types, String where, ConditionEvents events) {
    for (JavaClass type : types) {
      boolean library =
          isWithin(type, "com.fasterxml")
              || isWithin(type, "org.yaml")
              || isWithin(type, "com.google.common");
      events.add(new SimpleConditionEvent(type, !library, where + " shows " + type.getName()));
    }
  }
}
