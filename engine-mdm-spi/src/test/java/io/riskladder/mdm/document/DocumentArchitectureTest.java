package io.riskladder.mdm.document;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

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
final class DocumentArchitectureTest {

  @ArchTest
  static final ArchRule the_boundary_depends_on_core_and_two_parsers_only =
      classes()
          .that()
          .resideInAPackage("io.riskladder.mdm..")
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are of the boundary, core, Jackson's core and YAML, SnakeYAML, JSpecify or the JDK",
                  DocumentArchitectureTest::isAllowed))
          .because("every further library would come into each host that reads a document");

  @ArchTest
  static final ArchRule nothing_public_shows_a_parser =
      classes()
          .that()
          .resideInAPackage("io.riskladder.mdm..")
          .and()
          .arePublic()
          .should(showNoParser())
          .because("a host that uses the documents must not come to depend on how they are parsed");

  private static boolean isAllowed(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive()
        || base.getPackageName().startsWith("java.")
        || isWithin(base, "io.riskladder.mdm")
        || isWithin(base, "io.riskladder.core")
        || isWithin(base, "com.fasterxml.jackson.core")
        || isWithin(base, "com.fasterxml.jackson.dataformat.yaml")
        || isWithin(base, "org.jspecify.annotations")
        || isWithin(base, "org.yaml.snakeyaml");
  }

  private static boolean isWithin(JavaClass type, String ancestor) {
    return (type.getPackageName() + ".").startsWith(ancestor + ".");
  }

  private static ArchCondition<JavaClass> showNoParser() {
    return new ArchCondition<>("show no type of Jackson or SnakeYAML") {
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
      boolean parser = isWithin(type, "com.fasterxml") || isWithin(type, "org.yaml");
      events.add(new SimpleConditionEvent(type, !parser, where + " shows " + type.getName()));
    }
  }
}
