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
			80.0,
			100.0,
			496.0,
			542.0
		],
		"bglocked": 0,
		"openinpresentation": 1,
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
		"description": "Steps through stored points of the latent space",
		"digest": "Latent sequencer",
		"tags": "",
		"style": "",
		"subpatcher_template": "",
		"assistshowspatchername": 0,
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "panel",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1100.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [],
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"bgfillcolor": {
						"type": "color",
						"color": [
							0.1,
							0.115,
							0.135,
							1.0
						]
					},
					"border": 0,
					"rounded": 8,
					"background": 1,
					"ignoreclick": 1,
					"presentation": 1,
					"presentation_rect": [
						0.0,
						0.0,
						496.0,
						542.0
					]
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1100.0,
						52.0,
						400.0,
						20.0
					],
					"outlettype": [],
					"text": "Latent sequencer",
					"fontsize": 16.0,
					"fontface": 1,
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						6.0,
						400.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						1100.0,
						84.0,
						472.0,
						20.0
					],
					"outlettype": [],
					"text": "Press sound and run. The bars say which point each step plays; shift-click a dot to store.",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						12.0,
						26.0,
						472.0,
						18.0
					]
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "bpatcher",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20,
						276.0,
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
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						124.0,
						480.0,
						306.0
					]
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "bpatcher",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						20,
						612.0,
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
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						438.0,
						480.0,
						96.0
					]
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "textbutton",
					"numinlets": 1,
					"numoutlets": 3,
					"patching_rect": [
						20.0,
						20.0,
						60.0,
						24.0
					],
					"outlettype": [
						"",
						"",
						"int"
					],
					"mode": 1,
					"fontsize": 11.0,
					"rounded": 6.0,
					"border": 0,
					"bgcolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"bgoncolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bgovercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"textoncolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textovercolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"text": "run",
					"texton": "run",
					"presentation": 1,
					"presentation_rect": [
						8.0,
						50.0,
						60.0,
						24.0
					]
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "number",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						100.0,
						20.0,
						60.0,
						22.0
					],
					"outlettype": [
						"",
						""
					],
					"minimum": 20,
					"maximum": 2000,
					"fontsize": 11.0,
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"textcolor": [
						0.9,
						0.92,
						0.93,
						1.0
					],
					"htricolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						82.0,
						60.0,
						22.0
					]
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						180.0,
						20.0,
						85.3,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 250"
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						84.0,
						64.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "metro 250"
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "newobj",
					"numinlets": 5,
					"numoutlets": 4,
					"patching_rect": [
						20.0,
						116.0,
						75.0,
						22.0
					],
					"outlettype": [
						"",
						"",
						"",
						""
					],
					"text": "counter 0 7"
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						148.0,
						30.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "+ 1"
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						20.0,
						180.0,
						84.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend fetch"
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "multislider",
					"numinlets": 1,
					"numoutlets": 2,
					"patching_rect": [
						260.0,
						84.0,
						200.0,
						60.0
					],
					"outlettype": [
						"",
						""
					],
					"size": 8,
					"settype": 0,
					"setstyle": 1,
					"setminmax": [
						1.0,
						8.0
					],
					"bgcolor": [
						0.1,
						0.115,
						0.135,
						1.0
					],
					"slidercolor": [
						0.25,
						0.72,
						0.68,
						1.0
					],
					"bordercolor": [
						0.3,
						0.33,
						0.37,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						78.0,
						46.0,
						410.0,
						62.0
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
						260.0,
						52.0,
						142.0,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "loadmess 1 2 3 4 5 6 7 8"
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"patching_rect": [
						260.0,
						180.0,
						86.6,
						22.0
					],
					"outlettype": [
						""
					],
					"text": "prepend recall"
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"patching_rect": [
						100.0,
						52.0,
						60.0,
						20.0
					],
					"outlettype": [],
					"text": "ms a step",
					"fontsize": 10.0,
					"textcolor": [
						0.58,
						0.63,
						0.67,
						1.0
					],
					"presentation": 1,
					"presentation_rect": [
						8.0,
						102.0,
						60.0,
						16.0
					]
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
						"obj-5",
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
						"obj-7",
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
						"obj-11",
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
						"obj-6",
						0
					],
					"destination": [
						"obj-9",
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
						"obj-9",
						1
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
						"obj-10",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
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
						"obj-13",
						1
					],
					"destination": [
						"obj-15",
						0
					],
					"order": 0
				}
			},
			{
				"patchline": {
					"source": [
						"obj-15",
						0
					],
					"destination": [
						"obj-4",
						0
					],
					"order": 0
				}
			}
		],
		"dependency_cache": [],
		"autosave": 0
	}
}
