"""Steering what citizens meet: stopped channels, emergency banners, changed texts and hours."""
