// What goes along with a bag so that anybody can check it without Pantau.
#pragma once

#include <string_view>

namespace pantau {

// README-VERIFIKASI.txt, in Indonesian and English.
std::string_view verify_guide();

// verify.sh: a POSIX shell, coreutils and openssl are all it needs.
std::string_view verify_script();

}  // namespace pantau
