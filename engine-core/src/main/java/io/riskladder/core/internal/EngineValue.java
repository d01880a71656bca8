package io.riskladder.core.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.annotation.processing.Generated;
import org.immutables.value.Value;

/** The one shape in which larger values are generated: implementation hidden, builder named. */
@Target({ElementType.PACKAGE, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
    visibility = Value.Style.ImplementationVisibility.PACKAGE,
    overshadowImplementation = true,
    depluralize = true,
    depluralizeDictionary = {"policy:policies"},
    // Immutables' own @Generated stays out: hosts do not have it, and their compilers would warn of
    // it
    allowedClasspathAnnotations = {Generated.class, CanIgnoreReturnValue.class})
public @interface EngineValue {}
