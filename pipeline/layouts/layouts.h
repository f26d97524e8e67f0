// The layouts by themselves, for all.cc; everybody else uses layout.h.
#pragma once

#include "pipeline/layouts/layout.h"

namespace pantau {

const Layout& pantau_layout();
const Layout& jetstream_layout();
const Layout& tweet_harvest_layout();
const Layout& mastodon_layout();
const Layout& youtube_layout();

}  // namespace pantau
