package io.riskladder.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build put into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Riskladder.class.getPackage().getImplementationVersion();
    return new String[] {"riskladder " + (version == null ? "(not packaged)" : version)};
  }
}
