package io.riskladder.cli;

import io.riskladder.core.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an instant as documents have it. */
final class InstantConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String value) {
    try {
      Instant instant = Instant.parse(value);
      if (value.endsWith("Z")
          && !instant.isBefore(Limits.EARLIEST)
          && !instant.isAfter(Limits.LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // said below, with the other reasons
    }
    throw new TypeConversionException(
        "'"
            + value
            + "' is not an instant from 1970 to 9999, expected one like 2026-04-01T00:00:00Z");
  }
}
