// pantau_corpus: writes a made-up corpus for measuring into a folder.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "bench/corpus.h"

int main(int argc, char** argv) {
  using namespace pantau::bench;
  CorpusShape shape;
  std::string mix = "national";
  std::string folder;
  CLI::App app("Writes roster, campaign accounts, contests, rules, records and sweep.toml");
  app.add_option("--mix", mix, "national, timeline, storm, likes, foreign, crowd or wall")
      ->capture_default_str();
  app.add_option("--records", shape.records.records, "how many records")->capture_default_str();
  app.add_option("--roster", shape.records.roster, "how many roster accounts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--patterns", shape.records.patterns, "how many patterns the rules have")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--campaign", shape.candidates.accounts, "how many campaign accounts")
      ->capture_default_str();
  app.add_option("--seed", shape.records.seed, "another seed, another world")
      ->capture_default_str();
  app.add_option("--out", folder, "folder to write to")->required();
  CLI11_PARSE(app, argc, argv);
  const auto known = mix_named(mix);
  if (!known) {
    std::fprintf(stderr, "pantau_corpus: unknown mix '%s'\n", mix.c_str());
    return 2;
  }
  shape.records.mix = *known;
  if (const pantau::Status written = write_corpus(shape, folder); !written) {
    std::fprintf(stderr, "pantau_corpus: %s\n", written.error().message.c_str());
    return 3;
  }
  return 0;
}
