#pragma once

#include <initializer_list>
#include <string_view>

#include "classifiers/base/arena.h"

namespace pantau {

// The parts behind one another.
std::string_view join(std::initializer_list<std::string_view> parts, Arena& arena);

}  // namespace pantau
