// What a reader sees of a text that a platform gives as HTML.
#pragma once

#include <string_view>

#include "classifiers/base/arena.h"

namespace pantau {

// Without tags, with <br> and the ends of paragraphs as line ends, entities decoded once. What is
// not HTML after all comes out as it is. The text is in the arena, or `html` itself.
std::string_view text_of_html(std::string_view html, Arena& arena);

// is the text "&lt;".
std::string_view without_entities(std::string_view text, Arena& arena);

}  // namespace pantau
