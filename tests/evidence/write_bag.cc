// Writes made-up bags, whole and masked, for validators that are not ours: write_bag FOLDER
#include <fmt/format.h>

#include "pipeline/evidence/bag.h"
#include "tests/evidence/made_up_case.h"

int main(int argc, char** argv) {
  using namespace pantau;
  if (argc != 2) return 2;
  for (const BagKind kind : {BagKind::Sealed, BagKind::Copy}) {
    const Result<Bag> bag = make_bag(made_up_case(), kind, {});
    const Result<std::string> path = bag ? write_bag(*bag, argv[1]) : Result<std::string>("");
    if (!bag || !path) {
      fmt::print(stderr, "{}\n", bag ? path.error().message : bag.error().message);
      return 1;
    }
  }
  return 0;
}
