#include "pipeline/web/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "classifiers/base/mistakes.h"
#include "classifiers/base/toml_reader.h"
#include "classifiers/rules/pack.h"
#include "pipeline/lists/list_file.h"

namespace pantau {
namespace {

namespace fs = std::filesystem;

void read_skb(std::string_view text, Mistakes& mistakes, std::vector<SkbItem>& items) {
  const auto table = parse_toml(text, mistakes);
  if (!table) return;
  const std::string catalogue = (*table)["catalogue"]["id"].value_or(std::string());
  const toml::array* const rows = (*table)["item"].as_array();
  if (rows == nullptr) return;
  for (const toml::node& row : *rows) {
    if (!row.is_table()) continue;
    const toml::table& item = *row.as_table();
    const auto of = [&](std::string_view key) { return item[key].value_or(std::string()); };
    if (of("code").empty()) mistakes.add(place_of(row), "an item without a code");
    items.push_back({catalogue, of("code"), of("class"), of("wording"), of("wording_en"),
                     of("legal_basis"), of("sanction")});
  }
}

// The catalogues lie beside the packs that propose their items: data/rules, data/skb.
std::set<std::string> skb_files_beside(std::span<const std::string> rules) {
  std::set<std::string> files;
  for (const std::string& pack : rules) {
    std::error_code error;
    const fs::path folder = fs::absolute(pack, error).parent_path().parent_path() / "skb";
    for (fs::directory_iterator entries(folder, error);
         !error && entries != fs::directory_iterator(); entries.increment(error)) {
      if (entries->path().extension() == ".toml") files.insert(entries->path().string());
    }
  }
  return files;
}

}  // namespace

const SkbItem* Catalogue::skb_item(std::string_view id) const {
  const auto found = std::ranges::find(skb, id, &SkbItem::id);
  return found == skb.end() ? nullptr : &*found;
}

Result<Catalogue> load_catalogue(std::span<const std::string> contests,
                                 std::span<const std::string> rules) {
  Catalogue catalogue;
  std::string told;
  const auto tell = [&](const Mistakes& mistakes) {
    if (!mistakes.empty()) told += mistakes.report() + '\n';
  };
  for (const std::string& path : contests) {
    TRY(const std::string text, read_list_file(path));
    Mistakes mistakes(path, text);
    read_contests(text, mistakes, catalogue.contests);
    tell(mistakes);
    catalogue.contests_toml += text + '\n';
  }
  for (const std::string& path : rules) {
    TRY(std::string text, read_list_file(path));
    Mistakes mistakes(path, text);
    const RulePack pack = read_rule_pack(text, mistakes);
    tell(mistakes);
    catalogue.packs.push_back({pack.id, pack.version, std::move(text)});
  }
  for (const std::string& path : skb_files_beside(rules)) {
    TRY(const std::string text, read_list_file(path));
    Mistakes mistakes(path, text);
    read_skb(text, mistakes, catalogue.skb);
    tell(mistakes);
  }
  if (told.empty()) return catalogue;
  told.pop_back();
  return fail(Fault::Config, told);
}

}  // namespace pantau
