package io.riskladder.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** What holds the shape of the core. */
@AnalyzeClasses(
    packages = "io.riskladder.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class CoreArchitectureTest {
  private static final DescribedPredicate<JavaClass> INPUT_AND_OUTPUT =
      describe(
          "do input and output",
          c ->
              c.getPackageName().startsWith("java.io")
                  || c.getPackageName().startsWith("java.nio.file")
                  || (c.getPackageName().startsWith("java.net")
                      && !c.getName().equals("java.net.IDN")));

  @ArchTest
  static final ArchRule core_needs_only_the_java_base_guava_slf4j_and_annotations =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.riskladder.core..",
                  "java.lang..",
                  "java.util..",
                  "java.time..",
                  "java.math..",
                  "java.net",
                  "com.google.common..",
                  "com.google.errorprone.annotations..",
                  "javax.annotation.processing",
                  "org.slf4j",
                  "org.jspecify.annotations",
                  "org.immutables.value"))
          .because("hosts embed the core and get what it needs");

  @ArchTest
  static final ArchRule core_does_no_input_or_output =
      noClasses()
          .should()
          .dependOnClassesThat(INPUT_AND_OUTPUT)
          .because("documents and stores are the boundary's; java.net.IDN is a pure function");

  @ArchTest
  static final ArchRule core_asks_no_clock_no_zone_and_no_chance =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "reads a clock, the default zone or chance", call -> isImpure(call.getTarget())))
          .orShould()
          .dependOnClassesThat(
              are(
                  describe(
                      "sources of time or chance",
                      c ->
                          c.isAssignableTo(InstantSource.class)
                              || c.isAssignableTo(Random.class)
                              || c.isEquivalentTo(ThreadLocalRandom.class)
                              || c.isEquivalentTo(UUID.class))))
          .because("every operation takes the instant, and the same input gives the same effects");

  private static boolean isImpure(AccessTarget.MethodCallTarget target) {
    String owner = target.getOwner().getName();
    return (owner.startsWith("java.time.") && target.getName().equals("now"))
        || (owner.equals("java.time.ZoneId") && target.getName().equals("systemDefault"))
        || (owner.equals("java.util.Locale") && target.getName().equals("getDefault"))
        || (owner.equals("java.lang.System")
            && !target.getName().equals("identityHashCode")
            && !target.getName().equals("arraycopy"));
  }

  @ArchTest
  static final ArchRule core_starts_no_threads =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.concurrent", "java.util.concurrent.locks")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .because("threads are the host's");

  @ArchTest
  static final ArchRule packages_know_each_other_in_one_direction =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("advice")
          .definedBy("io.riskladder.core.advice")
          .layer("simulation")
          .definedBy("io.riskladder.core.simulation")
          .layer("fleet")
          .definedBy("io.riskladder.core.fleet")
          .layer("device")
          .definedBy("io.riskladder.core.device")
          .layer("policy")
          .definedBy("io.riskladder.core.policy")
          .layer("mdm")
          .definedBy("io.riskladder.core.mdm")
          .layer("threat")
          .definedBy("io.riskladder.core.threat")
          .layer("risk")
          .definedBy("io.riskladder.core.risk")
          .whereLayer("advice")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("simulation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("fleet")
          .mayOnlyBeAccessedByLayers("simulation")
          .whereLayer("device")
          .mayOnlyBeAccessedByLayers("simulation", "fleet")
          .whereLayer("policy")
          .mayOnlyBeAccessedByLayers("simulation", "fleet", "device", "advice")
          .whereLayer("mdm")
          .mayOnlyBeAccessedByLayers("simulation", "fleet", "device", "policy", "advice")
          .whereLayer("threat")
          .mayOnlyBeAccessedByLayers("simulation", "fleet", "device", "policy", "advice")
          .whereLayer("risk")
          .mayOnlyBeAccessedByLayers(
              "simulation", "fleet", "device", "policy", "mdm", "threat", "advice")
          .because("a reader can start at the bottom and never has to look up");

  @ArchTest
  static final ArchRule packages_are_free_of_cycles =
      slices()
          .matching("io.riskladder.core.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a cycle is one package in two folders");

  @ArchTest
  static final ArchRule guava_is_in_no_public_signature =
      methods()
          .that()
          .areDeclaredInClassesThat(describe("are public", CoreArchitectureTest::isReachable))
          .and()
          .areNotPrivate()
          .should(notSpeakOf("com.google.common"))
          .because("a host must be free to have another Guava");

  private static boolean isReachable(JavaClass javaClass) {
    return javaClass.getModifiers().contains(JavaModifier.PUBLIC)
        && javaClass.getEnclosingClass().map(CoreArchitectureTest::isReachable).orElse(true);
  }

  private static ArchCondition<JavaMethod> notSpeakOf(String packageName) {
    return new ArchCondition<>("not speak of " + packageName) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean isPublic =
            method.getModifiers().contains(JavaModifier.PUBLIC)
                || method.getModifiers().contains(JavaModifier.PROTECTED);
        if (!isPublic) {
          return;
        }
        method.getAllInvolvedRawTypes().stream()
            .filter(type -> type.getPackageName().startsWith(packageName))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " speaks of " + type.getName())));
      }
    };
  }

  @ArchTest
  static final ArchRule generated_classes_are_hidden =
      classes()
          .that()
          .haveSimpleNameStartingWith("Immutable")
          .should()
          .notBePublic()
          .because("the abstract class and its builder are the promise, not how they are made");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(NullMarked.class)
          .because("absent is Optional, never null");
}
