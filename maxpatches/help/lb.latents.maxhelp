{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 0,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			100.0,
			100.0,
			820.0,
			720.0
		],
		"bglocked": 0,
		"openinpresentation": 0,
		"default_fontsize": 12.0,
		"default_fontface": 0,
		"default_fontname": "Arial",
		"gridonopen": 1,
		"gridsize": [
			15.0,
			15.0
		],
		"gridsnaponopen": 1,
		"objectsnaponopen": 1,
		"statusbarvisible": 2,
		"toolbarvisible": 1,
		"lefttoolbarpinned": 0,
		"toptoolbarpinned": 0,
		"righttoolbarpinned": 0,
		"bottomtoolbarpinned": 0,
		"toolbars_unpinned_last_save": 0,
		"tallnewobj": 0,
		"boxanimatetime": 200,
		"enablehscroll": 1,
		"enablevscroll": 1,
		"devicewidth": 0.0,
		"description": "One slider for each latent coordinate. What the sliders say is smoothed (slew), multiplied by range, moved by offset, and sent either to the free voice or, from nothing, added to every note. walk lets them wander. Dots keep points: shift-click stores, a click recalls; A, B and the slider between them morph. Eight are there at the start: sounds of the default bundle. Wire the outlet to lb.bridge.",
		"digest": "All latent coordinates as sliders, with points to keep",
		"tags": "latent-bridge, OSC",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						20.0,
						20.0,
						427.8,
						20.0
					],
					"outlettype": [],
					"text": "lb.latents: All latent coordinates as sliders, with points to keep"
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						52.0,
						75.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							798.4
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "lb.latents",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										66.0
									],
									"outlettype": [],
									"text": "One slider for each latent coordinate. What the sliders say is smoothed (slew), multiplied by range, moved by offset, and sent either to the free voice or, from nothing, added to every note. walk lets them wander. Dots keep points: shift-click stores, a click recalls; A, B and the slider between them morph. Eight are there at the start: sounds of the default bundle. Wire the outlet to lb.bridge."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										135.2,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "argument 1, latents (int): Number of coordinates; the bundle decides. 32 when left out."
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										159.2,
										47.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "store 1"
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										159.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "Keep the sliders as a point."
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										191.2,
										49.3,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "recall 1"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										191.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "Go to a point; recall A B X, X from 0. to 1., lies between two of them."
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										223.2,
										35.9,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "write"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										223.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "Save the points in a file; read opens one."
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										255.2,
										34.6,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "read"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										180.0,
										255.2,
										560.0,
										20.0
									],
									"outlettype": [],
									"text": "Open a file of points."
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										20,
										303.2,
										480,
										306
									],
									"name": "lb.latents.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "bpatcher",
									"numinlets": 1,
									"numoutlets": 2,
									"patching_rect": [
										20,
										634.8,
										480,
										96
									],
									"name": "lb.bridge.maxpat",
									"bgmode": 0,
									"border": 0,
									"clickthrough": 0,
									"enablehscroll": 0,
									"enablevscroll": 0,
									"lockeddragscroll": 0,
									"viewvisibility": 1,
									"outlettype": [
										"",
										""
									],
									"offset": [
										0.0,
										0.0
									]
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"patching_rect": [
										520.0,
										612.4,
										126.7,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "receive lb.latents.help"
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										756.4,
										152.7,
										22.0
									],
									"outlettype": [],
									"text": "send lb.latents.help.replies"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-13",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-13",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-15",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p basic",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						84.0,
						96.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							346.8
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "messages",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										21.0
									],
									"outlettype": [],
									"text": "Click one; docs/osc.md tells their arguments, units and ranges."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										111.2,
										720.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/latent 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0."
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										40.0,
										87.2,
										700.0,
										21.0
									],
									"outlettype": [],
									"text": "The free voice goes to a point of the latent space."
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										172.0,
										720.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/latent/offset 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0. 0."
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										40.0,
										148.0,
										700.0,
										21.0
									],
									"outlettype": [],
									"text": "Added to the latents of every note."
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										208.8,
										60.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/gate 1"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										208.8,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "The free voice sounds or rests."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										210.0,
										208.8,
										60.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/gate 0"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"patching_rect": [
										20.0,
										248.8,
										108.0,
										22.0
									],
									"outlettype": [
										""
									],
									"text": "/lb/interp cubic 0.1"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										400.0,
										248.8,
										340.0,
										21.0
									],
									"outlettype": [],
									"text": "How the free voice moves from point to point."
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										304.8,
										114.0,
										22.0
									],
									"outlettype": [],
									"text": "send lb.latents.help"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-12",
										0
									],
									"order": 0
								}
							}
						],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p messages",
					"outlettype": [
						""
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						308.0,
						47.0,
						22.0
					],
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 0,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100.0,
							120.0,
							760.0,
							239.2
						],
						"bglocked": 0,
						"openinpresentation": 0,
						"default_fontsize": 12.0,
						"default_fontface": 0,
						"default_fontname": "Arial",
						"gridonopen": 1,
						"gridsize": [
							15.0,
							15.0
						],
						"gridsnaponopen": 1,
						"objectsnaponopen": 1,
						"statusbarvisible": 2,
						"toolbarvisible": 1,
						"lefttoolbarpinned": 0,
						"toptoolbarpinned": 0,
						"righttoolbarpinned": 0,
						"bottomtoolbarpinned": 0,
						"toolbars_unpinned_last_save": 0,
						"tallnewobj": 0,
						"boxanimatetime": 200,
						"enablehscroll": 1,
						"enablevscroll": 1,
						"devicewidth": 0.0,
						"description": "",
						"digest": "",
						"tags": "",
						"style": "",
						"subpatcher_template": "",
						"assistshowspatchername": 0,
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										20.0,
										720.0,
										20.0
									],
									"outlettype": [],
									"text": "How to start the bridge",
									"fontsize": 16.0,
									"fontface": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										52.0,
										720.0,
										81.0
									],
									"outlettype": [],
									"text": "The bridge is a program of its own, beside Max: open a terminal in its folder and type   make play\nThe lamp of lb.bridge lights up when it answers. Its sound goes to the sound card, not through Max; to record it in Max or in Live use JACK, BlackHole or another loopback (docs/daw.md).\nOn another computer: start it with --osc-host 0.0.0.0 and give lb.bridge its address as first argument and the address of this computer as fourth."
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "comment",
									"numinlets": 1,
									"numoutlets": 0,
									"patching_rect": [
										20.0,
										199.2,
										600.0,
										20.0
									],
									"outlettype": [],
									"text": "All addresses, all settings: docs/osc.md and rt/config/default.toml in that folder."
								}
							}
						],
						"lines": [],
						"dependency_cache": [],
						"autosave": 0,
						"showontab": 1
					},
					"text": "p ?",
					"outlettype": [
						""
					]
				}
			}
		],
		"lines": [],
		"dependency_cache": [],
		"autosave": 0,
		"showrootpatcherontab": 0
	}
}
