// Any other export, through a file that says where it keeps what (README has an example).
//
//   [mapping]
//   name = "apify-instagram"
//   rows = "csv"                       # or "json": one a line, an array, or items =
//   ["data.posts[]"] [constants] platform = "instagram" kind = "comment" [fields] id = "id" # a
//   column; of JSON a pointer: "/node/id" "actor.handle" = "ownerUsername" [time] format =
//   "%d/%m/%Y %H:%M"          # or "rfc3339" (default), "unix" zone = "Asia/Jakarta"              #
//   of times that do not say theirs
#pragma once

#include <memory>
#include <string_view>

#include "classifiers/base/mistakes.h"
#include "pipeline/layouts/layout.h"

namespace pantau {

// The layout that a mapping file's text describes; null if there are mistakes. It keeps nothing of
// the text, and its name() tells two different files apart.
std::unique_ptr<const Layout> read_mapping(std::string_view text, Mistakes& mistakes);

}  // namespace pantau
