// The layouts by themselves, for all.cc; everybody else uses layout.h.
#pragma once

#include "pipeline/layouts/layout.h"

namespace pantau {

const Layout& pantau_layout();
const Layout& jetstream_layout();
const Layout& tweet_harvest_layout();
const Layout& mastodon_layout();
const Layout& youtube_layout();
const Layout& telegram_layout();
const Layout& tiktok_research_layout();
const Layout& twitter_v1_layout();
const Layout& x_v2_layout();
const Layout& zeeschuimer_layout();
const Layout& fourcat_layout();
const Layout& crowdtangle_layout();

}  // namespace pantau
