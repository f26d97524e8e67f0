#include "pipeline/evidence/openssl_owned.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace pantau::openssl {

Bio reading(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

int no_passphrase(char* /*out*/, int /*size*/, int /*writing*/, void* /*user*/) {
  return -1;
}

std::vector<Certificate> certificates_of(const std::string& pem) {
  std::vector<Certificate> found;
  const Bio bio = reading(pem);
  while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)) {
    found.emplace_back(next);
  }
  ERR_clear_error();
  return found;
}

}  // namespace pantau::openssl
